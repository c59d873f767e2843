/** The pages of the settings, who may open them, and where they belong. One list for the menu, the command bar and the door. */
import type { ComponentType } from 'react';
import type { Permission } from '@/api/session';
import { IconActivityHeartbeat, IconArrowForwardUp, IconBell, IconBolt, IconBrain, IconBuildingStore, IconClockCheck, IconDatabase, IconDeviceDesktop, IconDeviceMobile, IconHistory, IconId, IconKey, IconKeyboard, IconLink, IconListCheck, IconLock, IconMail, IconMessageCircle, IconShieldLock, IconTag, IconUserCircle, IconUsers, IconUsersGroup, IconUsersPlus, IconWebhook } from '@/design/icons';

export interface SettingsEntry {
  key: 'account' | 'alerts' | 'mail' | 'device' | 'replies' | 'macros' | 'keyboard' | 'profile' | 'number' | 'fields' | 'people' | 'teams' | 'service' | 'roles' | 'security' | 'audit' | 'tags' | 'keys' | 'webhooks' | 'status' | 'chatLink' | 'whatsapp' | 'forwarding' | 'ai' | 'flowSecrets' | 'storage';
  to: `/settings/${string}`;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  group: 'you' | 'business' | 'box';
  permission: Permission | null;
}

export const SETTINGS_PAGES = [
  { key: 'account', to: '/settings/account', icon: IconUserCircle, group: 'you', permission: 'account.own' },
  { key: 'alerts', to: '/settings/alerts', icon: IconBell, group: 'you', permission: 'account.own' },
  { key: 'replies', to: '/settings/replies', icon: IconBolt, group: 'you', permission: 'inbox.reply' },
  { key: 'macros', to: '/settings/macros', icon: IconListCheck, group: 'you', permission: 'inbox.reply' },
  { key: 'device', to: '/settings/browser', icon: IconDeviceDesktop, group: 'you', permission: null },
  { key: 'keyboard', to: '/settings/keyboard', icon: IconKeyboard, group: 'you', permission: null },
  { key: 'profile', to: '/settings/business', icon: IconBuildingStore, group: 'business', permission: 'settings.read' },
  { key: 'number', to: '/settings/number', icon: IconDeviceMobile, group: 'business', permission: 'number.read' },
  { key: 'whatsapp', to: '/settings/whatsapp-profile', icon: IconMessageCircle, group: 'business', permission: 'settings.read' },
  { key: 'chatLink', to: '/settings/link', icon: IconLink, group: 'business', permission: 'number.read' },
  { key: 'mail', to: '/settings/email', icon: IconMail, group: 'business', permission: 'settings.read' },
  { key: 'fields', to: '/settings/contact-fields', icon: IconId, group: 'business', permission: 'desk.write' },
  { key: 'tags', to: '/settings/tags', icon: IconTag, group: 'business', permission: 'tags.write' },
  { key: 'people', to: '/settings/people', icon: IconUsers, group: 'business', permission: 'users.read' },
  { key: 'teams', to: '/settings/teams', icon: IconUsersPlus, group: 'business', permission: 'users.names' },
  { key: 'service', to: '/settings/service', icon: IconClockCheck, group: 'business', permission: 'desk.write' },
  { key: 'roles', to: '/settings/roles', icon: IconUsersGroup, group: 'business', permission: 'users.read' },
  { key: 'security', to: '/settings/security', icon: IconShieldLock, group: 'business', permission: 'settings.read' },
  { key: 'keys', to: '/settings/api-keys', icon: IconKey, group: 'business', permission: 'api_keys.write' },
  { key: 'ai', to: '/settings/ai', icon: IconBrain, group: 'business', permission: 'settings.read' },
  { key: 'flowSecrets', to: '/settings/flow-secrets', icon: IconLock, group: 'business', permission: 'flows.write' },
  { key: 'audit', to: '/settings/audit', icon: IconHistory, group: 'box', permission: 'audit.read' },
  { key: 'storage', to: '/settings/storage', icon: IconDatabase, group: 'box', permission: 'settings.read' },
  { key: 'webhooks', to: '/settings/webhooks', icon: IconWebhook, group: 'box', permission: 'webhooks.read' },
  { key: 'forwarding', to: '/settings/forwarding', icon: IconArrowForwardUp, group: 'box', permission: 'settings.read' },
  { key: 'status', to: '/settings/status', icon: IconActivityHeartbeat, group: 'box', permission: 'status.read' },
] as const satisfies readonly SettingsEntry[];

export const GROUPS = ['you', 'business', 'box'] as const;

type Page = (typeof SETTINGS_PAGES)[number];

export const pagesFor = (permissions: readonly string[]): Page[] =>
  SETTINGS_PAGES.filter((page) => page.permission === null || permissions.includes(page.permission));

/** Is there a page at this address that this person may not open? */
export const isForbidden = (path: string, permissions: readonly string[]): boolean => {
  const page = SETTINGS_PAGES.find((one) => path === one.to || path.startsWith(`${one.to}/`));
  return page !== undefined && !pagesFor(permissions).includes(page);
};
