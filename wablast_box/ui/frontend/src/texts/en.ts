/** English: the catalogue that every other language is checked against. One file per part of the screen.
 *  What the inbox does not need stands in `late.ts`. */
import { alerts } from './en/alerts';
import { common } from './en/common';
import { composer } from './en/composer';
import { desk } from './en/desk';
import { contacts } from './en/contacts';
import { inbox } from './en/inbox';
import { list } from './en/list';
import { search } from './en/search';
import { settings } from './en/settings';
import { shell } from './en/shell';
import { templates } from './en/templates';
import { thread } from './en/thread';

export const en = { alerts, common, composer, contacts, desk, inbox, list, search, settings, shell, templates, thread } as const;
