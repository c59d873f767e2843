/** Sends a file to the box and says how far it is; fetch cannot, so this is the one XMLHttpRequest. */
import { csrfHeader } from '@/api/client';
import { offline, toApiError } from '@/api/errors';
import type { Media } from '@/api/types';
import { body, text } from './content';

const running = new Map<File, XMLHttpRequest>();

/** Stops sending a file; whoever waits for it hears that the line broke off. */
export const cancelUpload = (file: File): void => { running.get(file)?.abort(); };

export function upload(file: File, onProgress: (part: number) => void): Promise<Pick<Media, 'id'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    running.set(file, request);
    request.onloadend = () => { running.delete(file); };
    const form = new FormData();
    form.append('file', file, file.name);
    request.open('POST', '/api/v1/media');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onerror = () => { reject(offline()); };
    request.onabort = () => { reject(offline()); };
    request.onload = () => {
      const answered = parsed(request.responseText);
      const id = text(body(answered)['id']);
      if (request.status < 300 && id) resolve({ id });
      else reject(toApiError(request.status, answered));
    };
    request.send(form);
  });
}

function parsed(response: string): unknown {
  try {
    return JSON.parse(response);
  } catch {
    return null;
  }
}
