/** What WhatsApp takes as a file, checked before a byte is uploaded. */
import { bytes } from '@/lib/bytes';
import { t } from '@/lib/i18n';

export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

const MB = 1024 * 1024;
const LIMITS: Record<FileKind, number> = { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB, sticker: 500 * 1024 };

const KINDS: Record<string, FileKind> = {
  'image/jpeg': 'image', 'image/png': 'image', 'image/webp': 'sticker',
  'video/mp4': 'video', 'video/3gpp': 'video',
  'audio/aac': 'audio', 'audio/amr': 'audio', 'audio/mpeg': 'audio', 'audio/mp4': 'audio', 'audio/ogg': 'audio', 'audio/x-m4a': 'audio',
  'text/plain': 'document', 'application/pdf': 'document',
  'application/msword': 'document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.ms-excel': 'document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'document',
  'application/vnd.ms-powerpoint': 'document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'document',
};

export const ACCEPT = Object.keys(KINDS).join(',');

export type Checked = { kind: FileKind } | { refused: string };

interface FileFacts {
  name: string;
  type: string;
  size: number;
}

export function checkFile({ name, type, size }: FileFacts): Checked {
  const kind = KINDS[type.split(';')[0]?.trim().toLowerCase() ?? ''];
  if (!kind) return { refused: t('inbox.files.wrongType', { name }) };
  if (size === 0) return { refused: t('inbox.files.empty', { name }) };
  const limit = LIMITS[kind];
  if (size <= limit) return { kind };
  return { refused: t('inbox.files.tooLarge', { name, size: bytes(size), limit: t(`inbox.files.limits.${kind}`) }) };
}
