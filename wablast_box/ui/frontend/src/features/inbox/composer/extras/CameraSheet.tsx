import { useEffect, useRef, useState } from 'react';
import { Button } from '@/design/Button';
import { IconCamera } from '@/design/icons';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import type { ChosenFiles } from '../useChosenFiles';
import classes from './Extras.module.css';

interface CameraSheetProps {
  files: ChosenFiles;
  onClose: () => void;
}

const QUALITY = 0.88;

/** A picture of what lies on the counter. */
export function CameraSheet({ files, onClose }: CameraSheetProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState('');
  const [live, setLive] = useState(false);
  const [taken, setTaken] = useState<{ file: File; url: string } | null>(null);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } } }).then((found) => {
      stream = found;
      if (gone) stop(found);
      else if (video.current) video.current.srcObject = found;
    }, (error: unknown) => { setProblem(t(error instanceof DOMException && error.name === 'NotFoundError' ? 'composer.camera.none' : 'composer.camera.denied')); });
    return () => {
      gone = true;
      if (stream) stop(stream);
    };
  }, []);
  useEffect(() => () => { if (taken) URL.revokeObjectURL(taken.url); }, [taken]);
  const handleShoot = () => {
    if (video.current) void shoot(video.current).then((file) => { setTaken({ file, url: URL.createObjectURL(file) }); });
  };
  const handleUse = () => {
    if (taken) files.add([taken.file]);
    onClose();
  };
  return (
    <Sheet
      title={t('composer.camera.title')}
      opened
      onClose={onClose}
      size={560}
      footer={taken ? (
        <>
          <Button kind="quiet" onClick={() => { setTaken(null); }}>{t('composer.camera.again')}</Button>
          <Button onClick={handleUse} autoFocus>{t('composer.camera.use')}</Button>
        </>
      ) : <Button leftSection={<IconCamera size={15} />} disabled={!live} onClick={handleShoot}>{t('composer.camera.shoot')}</Button>}
    >
      {problem ? <Notice tone="warn" title={problem}>{t('composer.camera.help')}</Notice> : null}
      <div className={classes.camera} hidden={problem !== ''}>
        <video ref={video} autoPlay muted playsInline hidden={taken !== null} aria-label={t('composer.camera.live')} onLoadedData={() => { setLive(true); }} />
        {taken ? <img src={taken.url} alt={t('composer.camera.taken')} /> : null}
      </div>
    </Sheet>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function shoot(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(new File([blob], `${t('composer.camera.name')}.jpg`, { type: 'image/jpeg' }));
      else reject(new Error('the picture is empty'));
    }, 'image/jpeg', QUALITY);
  });
}
