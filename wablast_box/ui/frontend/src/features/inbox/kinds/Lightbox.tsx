import { Modal } from '@mantine/core';
import { t } from '@/lib/i18n';
import classes from './Kinds.module.css';

interface LightboxProps {
  url: string;
  alt: string;
  onClose: () => void;
}

export function Lightbox({ url, alt, onClose }: LightboxProps) {
  return (
    <Modal opened onClose={onClose} size="auto" centered title={alt} closeButtonProps={{ 'aria-label': t('common.close') }} overlayProps={{ backgroundOpacity: 0.7, blur: 0 }} padding="sm">
      <img className={classes.large} src={url} alt={alt} />
    </Modal>
  );
}
