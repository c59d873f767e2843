import { createElement } from 'react';
import { IconBolt, IconBuildingStore, IconCalendarClock, IconClock, IconClockHour4, IconCode, IconCreditCard, IconDatabase, IconFileTypePdf, IconHandClick, IconList, IconListDetails, IconLock, IconMail, IconMapPin, IconMessage2, IconMoodSmile, IconNote, IconPhoto, IconPlayerPlay, IconRoute, IconShoppingBag, IconSend2, IconTag, IconTemplate, IconUser, IconUserCheck, IconUsersGroup, IconWebhook, IconWorld, IconX } from '@/design/icons';
import type { Kind } from '../graph/types';
import { IconApi, IconArrowLoopRight, IconArrowsSplit2, IconCalculator, IconFlag, IconForms, IconGitBranch, IconHourglass, IconMap, IconMessageQuestion, IconPuzzle, IconRobot, IconSparkles, IconVariable } from '../icons';

type Icon = typeof IconBolt;

const BY_WORD: [RegExp, Icon][] = [
  [/pdf/, IconFileTypePdf], [/pay|credit/, IconCreditCard], [/template/, IconTemplate], [/list/, IconListDetails], [/button|tap|click|menu/, IconHandClick],
  [/product|catalog|shop|order/, IconShoppingBag], [/media|image|photo|video|file|document/, IconPhoto], [/location|map|address/, IconMapPin],
  [/question|ask/, IconMessageQuestion], [/form|input/, IconForms], [/split|condition|check|branch|switch|route|rule/, IconArrowsSplit2], [/loop|repeat|each/, IconArrowLoopRight],
  [/calendar|hours|schedule|date/, IconCalendarClock], [/hourglass|wait/, IconHourglass], [/clock|time|delay/, IconClockHour4], [/webhook/, IconWebhook],
  [/http|request|world|web/, IconWorld], [/api/, IconApi], [/mail/, IconMail], [/calc|math|number/, IconCalculator], [/variable|set/, IconVariable], [/tag|label/, IconTag],
  [/team|assign|round|group/, IconUsersGroup], [/hand|person|human|agent/, IconUserCheck], [/contact|user/, IconUser], [/note/, IconNote], [/robot|llm|bot/, IconRobot], [/ai|classif|extract|spark/, IconSparkles],
  [/code|function|script/, IconCode], [/sub|call|jump|goto|flow/, IconGitBranch], [/end|stop|flag|close/, IconFlag], [/start|play/, IconPlayerPlay], [/react|emoji/, IconMoodSmile], [/data|store/, IconDatabase],
  [/secret|lock/, IconLock], [/send|notify/, IconSend2], [/message|text|say/, IconMessage2],
];
const BY_CATEGORY: Record<string, Icon> = {
  start: IconBolt, messages: IconMessage2, questions: IconMessageQuestion, logic: IconArrowsSplit2, waits: IconClock, contact: IconUser, conversation: IconList,
  connect: IconWorld, ai: IconSparkles, code: IconCode, flow: IconRoute, shop: IconBuildingStore, places: IconMap, other: IconX,
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
