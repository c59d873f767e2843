import { lazy } from 'react';
import type { Conversation, Message } from '@/api/types';
import type { ChosenFiles } from '../useChosenFiles';
import type { WritingState } from '../useWriting';
import { CameraSheet } from './CameraSheet';
import { ContactSheet } from './ContactSheet';
import { EmojiPanel } from './EmojiPanel';
import { LocationSheet } from './LocationSheet';
import { ScheduleDraft } from './ScheduleDraft';
import { VoiceBar } from './VoiceBar';

const TapsSheet = lazy(() => import('./TapsSheet'));

export type ExtraName = 'camera' | 'location' | 'contact' | 'buttons' | 'list' | 'link' | 'canned' | 'schedule' | 'emoji' | 'voice';

export interface ExtraProps {
  conversation: Conversation;
  writing: WritingState;
  files: ChosenFiles;
  replyTo: Message | null;
  onReply: (message: Message | null) => void;
  onSent: () => void;
  onClose: () => void;
}

/** What is loaded when somebody first asks for more than words. */
export default function Extra({ name, ...props }: ExtraProps & { name: ExtraName }) {
  switch (name) {
    case 'camera': return <CameraSheet files={props.files} onClose={props.onClose} />;
    case 'location': return <LocationSheet {...props} />;
    case 'contact': return <ContactSheet {...props} />;
    case 'buttons':
    case 'list':
    case 'link': return <TapsSheet key={name} kind={name} {...props} />;
    case 'schedule': return <ScheduleDraft {...props} />;
    case 'emoji': return <EmojiPanel onPick={(sign) => { props.writing.insert(sign); }} onClose={props.onClose} />;
    case 'voice': return <VoiceBar {...props} />;
    case 'canned': return <Begin {...props} />;
  }
}

/** The list of canned replies is what a stroke in the box opens: so the stroke is written. */
function Begin({ writing, onClose }: ExtraProps) {
  const begin = (node: HTMLElement | null) => {
    if (!node) return;
    writing.insert(writing.words === '' || /\s$/.test(writing.words) ? '/' : ' /');
    onClose();
  };
  return <span ref={begin} hidden />;
}
