import { Dialog } from '@/design/Dialog';
import classes from './Kinds.module.css';

interface LightboxProps {
  url: string;
  alt: string;
  onClose: () => void;
}

export function Lightbox({ url, alt, onClose }: LightboxProps) {
  return (
    <Dialog title={alt} onClose={onClose} size="auto" dim>
      <img className={classes.large} src={url} alt={alt} />
    </Dialog>
  );
}
