import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { checkFile, type FileKind } from '../files';

export interface ChosenFile {
  key: string;
  file: File;
  kind: FileKind;
  /** For pictures: shown before they are sent. */
  preview: string | null;
}

export interface ChosenFiles {
  chosen: ChosenFile[];
  add: (files: File[]) => void;
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
  const add = useCallback((files: File[]) => {
    const good = files.flatMap((file): ChosenFile[] => {
      const checked = checkFile(file);
      if ('kind' in checked) return [{ key: crypto.randomUUID(), file, kind: checked.kind, preview: SHOWN.has(checked.kind) ? URL.createObjectURL(file) : null }];
      toast({ tone: 'bad', title: checked.refused });
      return [];
    });
    setChosen((before) => {
      const all = [...before, ...good];
      if (all.length > MOST) toast({ tone: 'bad', title: t('inbox.files.tooMany', { count: MOST }) });
      return all.slice(0, MOST);
    });
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
  return { chosen, add, remove, take };
}

function free({ preview }: ChosenFile): void {
  if (preview) URL.revokeObjectURL(preview);
}
