/** Short names for the shapes that the box sends. Everything else imports from here, never from schema.d.ts. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type Setup = Schemas['Setup'];
export type Check = Schemas['Check'];
export type Role = Schemas['Role'];
export type AiProvider = Schemas['AiProvider'];
export type NewAiProvider = Schemas['NewAiProvider'];
export type AiUsage = Schemas['AiUsage'];
export type AiCall = Schemas['AiCall'];
export type Conversation = Schemas['Conversation'];
export type Alerts = Schemas['Alerts'];
export type Device = Schemas['Device'];
export type Mail = Schemas['Mail'];
export type Storage = Schemas['Storage'];
export type Email = Schemas['Email'];
export type ListQuery = Schemas['ListQuery'];
export type Tag = Schemas['TagRef'];
export type SavedView = Schemas['SavedView'];
export type Counts = Schemas['Counts'];
export type BulkRequest = Schemas['Bulk'];
export type BulkAnswer = Schemas['BulkDone'];
export type BulkResult = Schemas['BulkResult'];
export type CannedReply = Schemas['CannedReply'];
export type Filled = Schemas['Filled'];
export type Draft = Schemas['Draft'];
export type ScheduledMessage = Schemas['ScheduledMessage'];
export type Message = Schemas['Message'];
export type Timeline = Schemas['Timeline'];
export type TimelineItem = Timeline['items'][number];
export type Note = Schemas['Note'];
export type Activity = Schemas['Activity'];
export type MessageState = Message['state'];
export type Attachment = Schemas['AttachmentView'];
export type Media = Schemas['StoredFile'];
export type Contact = Schemas['Contact'];
export type ContactDetail = Schemas['ContactDetail'];
export type ContactField = Schemas['ContactField'];
export type FieldValue = Schemas['FieldValue'];
export type EditContact = Schemas['EditContact'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type MergePreview = Schemas['MergePreview'];
export type MergeSide = Schemas['MergeSide'];
export type WebhookEvent = Schemas['WebhookEvent'];
export type WebhookEventDetail = Schemas['WebhookEventWithBody'];
export type BusinessProfile = Schemas['BusinessProfile'];
export type Forward = Schemas['Forward'];
export type Delivery = Schemas['Delivery'];
export type PhoneNumber = Schemas['Number'];
export type Alarm = Schemas['Alarm'];
export type Setting = Schemas['Setting'];
export type User = Schemas['User'];
export type Link = Schemas['Link'];
export type LoginSession = Schemas['LoginSession'];
export type ApiKey = Schemas['ApiKey'];
export type CreatedApiKey = Schemas['CreatedApiKey'];
export type Diagnostics = Schemas['Diagnostics'];
export type MissedEvent = Schemas['MissedEvent'];
export type FieldProblem = Required<Schemas['FieldProblem']>;
export type OwnSecurity = Schemas['OwnSecurity'];
export type Passkey = Schemas['Passkey'];
export type NewTotp = Schemas['NewTotp'];
export type CustomRole = Schemas['CustomRole'];
export type OurRole = Schemas['OurRole'];
export type RoleBody = Schemas['RoleBody'];
export type Scope = Schemas['Scope'];
export type Invitation = Schemas['Invitation'];
export type InvitationCard = Schemas['InvitationCard'];
export type InvitationWithLink = Schemas['InvitationWithLink'];
export type GoogleClient = Schemas['GoogleClient'];
export type AuditEntry = Schemas['AuditEntry'];
export type Problem = Required<Omit<Schemas['ErrorDetail'], 'fields'>> & { fields: FieldProblem[] };
export type Template = Schemas['Template'];
export type TemplateBlank = Schemas['TemplateBlank'];
export type TemplateCard = Schemas['TemplateCard'];
export type TemplateList = Schemas['TemplateList'];
export type ContactRef = Schemas['ContactRef'];
export type Team = Schemas['Team'];
export type Attendance = Schemas['Attendance'];
export type ServiceTarget = Schemas['ServiceTarget'];
export type Macro = Omit<Schemas['Macro'], 'steps'> & { steps: MacroStep[] };
export type TeamMember = Schemas['TeamMember'];

/** What we send. The box takes every body that Meta does; these are the ones this interface writes. */
export interface OutgoingMessage {
  type: string;
  text?: { body: string; preview_url?: boolean };
  image?: OutgoingFile;
  video?: OutgoingFile;
  audio?: OutgoingFile;
  document?: OutgoingFile;
  sticker?: OutgoingFile;
  reaction?: { message_id: string; emoji: string };
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  contacts?: { name: { formatted_name: string; first_name?: string }; phones?: { phone: string; type?: string; wa_id?: string }[]; emails?: { email: string }[]; org?: { company: string } }[];
  interactive?: Record<string, unknown>;
  template?: Record<string, unknown>;
  reply_to?: string;
  client_key?: string;
}

interface OutgoingFile {
  media_id?: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** One step of a macro: what it does, and what it needs for that. */
export interface MacroStep {
  do: 'reply' | 'note' | 'tag' | 'assign' | 'team' | 'snooze' | 'resolve' | 'pending' | 'reopen' | 'read';
  text?: string;
  add?: string[];
  user_id?: string;
  team_id?: string;
  minutes?: number | null;
}
