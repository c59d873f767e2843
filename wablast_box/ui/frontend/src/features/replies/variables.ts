/** What a canned reply may ask for, as the box knows it. */
export const VARIABLES = [
  { name: 'contact.first_name', label: 'contactFirst' },
  { name: 'contact.name', label: 'contactName' },
  { name: 'agent.first_name', label: 'agentFirst' },
  { name: 'agent.name', label: 'agent' },
  { name: 'business.name', label: 'business' },
] as const;
