import { createElement } from 'react';
import { IconAddressBook, IconBell, IconBolt, IconCalendarClock, IconClock, IconClockHour4, IconClockPause, IconCode, IconCreditCard, IconDatabase, IconEdit, IconFileTypePdf, IconHandClick, IconLink, IconList, IconListCheck, IconListDetails, IconLock, IconMail, IconMapPin, IconMessage2, IconMicrophone, IconMoodSmile, IconNote, IconPaperclip, IconPhone, IconPhoto, IconPlayerPlay, IconRoute, IconSend2, IconShoppingBag, IconTag, IconTemplate, IconUser, IconUserCheck, IconUserPlus, IconUsersGroup, IconWebhook, IconWorld } from '@/design/icons';
import type { Kind } from '../../graph/types';
import { IconApi, IconArrowLoopRight, IconArrowsSplit2, IconCalculator, IconDice3, IconFlag, IconForms, IconGitBranch, IconHome, IconHourglass, IconLanguage, IconMessageQuestion, IconPhotoEdit, IconPuzzle, IconQrcode, IconRobot, IconSparkles, IconStar, IconUserHeart, IconVariable } from '../../icons';

type Icon = typeof IconBolt;

/** Tried one after the other: what says more stands first. */
const BY_WORD: [RegExp, Icon][] = [
  [/pdf/, IconFileTypePdf], [/qr/, IconQrcode], [/photo-edit/, IconPhotoEdit], [/pay|credit/, IconCreditCard], [/template/, IconTemplate], [/address-book|contact-card|id-card/, IconAddressBook], [/microphone|voice/, IconMicrophone],
  [/phone/, IconPhone], [/mail/, IconMail], [/calendar|schedule|date/, IconCalendarClock], [/star|rating/, IconStar], [/home/, IconHome], [/dice|random/, IconDice3],
  [/location|map|place/, IconMapPin], [/paperclip|file|document/, IconPaperclip], [/language/, IconLanguage], [/bell|notify/, IconBell], [/note/, IconNote], [/tag|label/, IconTag],
  [/button|tap|click/, IconHandClick], [/list/, IconListDetails], [/product|catalog|shop/, IconShoppingBag], [/media|image|photo|video/, IconPhoto], [/link|url/, IconLink],
  [/webhook/, IconWebhook], [/http|request|world|web/, IconWorld], [/api/, IconApi], [/calc|math|number/, IconCalculator], [/variable/, IconVariable],
  [/arrows-split|condition|check(?!box)|branch|rule/, IconArrowsSplit2], [/route|switch/, IconRoute], [/loop|repeat|each/, IconArrowLoopRight],
  [/clock-pause|until/, IconClockPause], [/hourglass|wait|delay/, IconHourglass], [/clock|time|hours/, IconClockHour4], [/checkbox|state/, IconListCheck],
  [/user-heart|hand[-_]off/, IconUserHeart], [/user-check|assign/, IconUserCheck], [/user-share/, IconUserPlus], [/user-edit/, IconEdit], [/team|group/, IconUsersGroup],
  [/robot|llm|bot/, IconRobot], [/ai|classif|extract|spark/, IconSparkles], [/code|function|script/, IconCode], [/arrow|go[-_]to|call|jump/, IconGitBranch],
  [/player-stop|(^|[-_])end([-_]|$)|flag|close/, IconFlag], [/start|play/, IconPlayerPlay], [/react|emoji/, IconMoodSmile], [/data|store/, IconDatabase], [/secret|lock/, IconLock],
  [/form|input/, IconForms], [/question|ask/, IconMessageQuestion], [/contact|user/, IconUser], [/message|text|say/, IconMessage2], [/send/, IconSend2],
];
const BY_CATEGORY: Record<string, Icon> = {
  start: IconBolt, messages: IconMessage2, questions: IconMessageQuestion, logic: IconArrowsSplit2, waits: IconClock, contact: IconUser, conversation: IconList,
  connect: IconWorld, ai: IconSparkles, code: IconCode, flow: IconRoute,
};

const found = new Map<string, Icon>();

/** A node type names its icon in a word; ours are found by it, a plugin's by what it comes closest to. */
function iconFor(kind: Kind | undefined): Icon {
  if (!kind) return IconPuzzle;
  const known = found.get(kind.type);
  if (known) return known;
  const named = kind.type === 'start' ? IconBolt : undefined;
  const icon = named ?? [kind.icon, kind.type].flatMap((word) => BY_WORD.find(([like]) => like.test(word.toLowerCase()))?.[1] ?? [])[0] ?? BY_CATEGORY[kind.category] ?? IconPuzzle;
  found.set(kind.type, icon);
  return icon;
}

interface KindIconProps {
  kind: Kind | undefined;
  size?: number;
}

export const KindIcon = ({ kind, size = 14 }: KindIconProps) => createElement(iconFor(kind), { size, stroke: 1.8, 'aria-hidden': true });
