import { useCallback, useEffect, useRef, useState } from 'react';
import type { Filled } from '@/api/types';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { checkFile, type FileKind } from '../files';

export interface ChosenFile {
  key: string;
  name: string;
  size: number;
  /** Null when the box has it already. */
  file: File | null;
  mediaId: string | null;
  kind: FileKind;
  /** For pictures: shown before they are sent. */
  preview: string | null;
  caption: string;
  voice: boolean;
}

export type StoredFile = NonNullable<Filled['media']>;

export interface ChosenFiles {
  chosen: ChosenFile[];
  add: (files: File[]) => void;
  /** The file of a canned reply: it is in the box and needs no upload. */
  addStored: (file: StoredFile) => void;
  caption: (key: string, words: string) => void;
  remove: (key: string) => void;
  /** Hands the files over without freeing their previews: the outbox shows them on. */
  take: () => ChosenFile[];
}

const MOST = 10;
const SHOWN = new Set<FileKind>(['image', 'video', 'audio', 'sticker']);

export function useChosenFiles(): ChosenFiles {
  const [chosen, setChosen] = useState<ChosenFile[]>([]);
  const latest = useRef(chosen);
  useEffect(() => { latest.current = chosen; }, [chosen]);
  useEffect(() => () => { latest.current.forEach(free); }, []);
  const append = useCallback((more: ChosenFile[]) => {
    setChosen((before) => {
      const all = [...before, ...more];
      if (all.length > MOST) toast({ tone: 'bad', title: t('inbox.files.tooMany', { count: MOST }) });
      return all.slice(0, MOST);
    });
  }, []);
  const add = useCallback((files: File[]) => {
    append(files.flatMap((file) => {
      const checked = checkFile(file);
      if ('kind' in checked) return [chosenFrom(file, checked.kind)];
      toast({ tone: 'bad', title: checked.refused });
      return [];
    }));
  }, [append]);
  const addStored = useCallback(({ id, mime_type: type, size, filename }: StoredFile) => {
    const name = filename ?? id;
    const checked = checkFile({ name, type, size });
    if ('kind' in checked) append([{ key: crypto.randomUUID(), name, size, file: null, mediaId: id, kind: checked.kind, preview: null, caption: '', voice: false }]);
    else toast({ tone: 'bad', title: checked.refused });
  }, [append]);
  const caption = useCallback((key: string, words: string) => {
    setChosen((before) => before.map((one) => (one.key === key ? { ...one, caption: words } : one)));
  }, []);
  const remove = useCallback((key: string) => {
    setChosen((before) => before.filter((one) => {
      if (one.key === key) free(one);
      return one.key !== key;
    }));
  }, []);
  const take = useCallback(() => {
    const taken = latest.current;
    latest.current = [];
    setChosen([]);
    return taken;
  }, []);
  return { chosen, add, addStored, caption, remove, take };
}

export const chosenFrom = (file: File, kind: FileKind, voice = false): ChosenFile => ({
  key: crypto.randomUUID(), name: file.name, size: file.size, file, mediaId: null, kind, preview: SHOWN.has(kind) ? URL.createObjectURL(file) : null, caption: '', voice,
});

function free({ preview }: ChosenFile): void {
  if (preview) URL.revokeObjectURL(preview);
}
