/** Flows as the box speaks of them. */
import type { components } from '@/api/schema';
import type { Graph, Trouble } from './graph/types';

type Schemas = components['schemas'];

export interface FlowLine {
  id: string;
  name: string;
  is_on: boolean;
  published_number: number | null;
  has_changes: boolean;
  starts: string[];
  problems: number;
  running: number;
  updated_at: string;
}

export interface FlowRound {
  due_at: string;
  state: string;
  people: number;
  begun: number;
  left_out: number;
  note: string | null;
}

export interface Published {
  number: number;
  published_at: string;
  by: string | null;
  note: string | null;
}

export interface Flow {
  id: string;
  name: string;
  is_on: boolean;
  revision: number;
  graph: Graph;
  published: Published | null;
  has_changes: boolean;
  updated_at: string;
}

export interface Draft {
  revision: number;
  updated_at: string;
  has_changes: boolean;
  problems: Trouble[];
}

export interface Starter {
  id: string;
  name: string;
  help: string;
  graph: Graph;
}

export type Version = Published & { graph: Graph };

/** One thing the customer does in a rehearsal. */
export type Said =
  | { text: string }
  | { reply_id: string; text: string }
  | { skip_s: number }
  | { begins: string }
  | { media: string }
  | { location: { latitude: number; longitude: number } };

export type Body = Readonly<Record<string, unknown>> & { type: string };

export interface Step {
  number: number;
  node_id: string;
  node_type: string;
  input: unknown;
  output: unknown;
  outcome: string | null;
  error: string | null;
}

export interface Rehearsal {
  replies: { after: number; node_id: string; message: Body }[];
  acts: { node_id: string; what: string; given: unknown }[];
  steps: (Step & { after: number })[];
  state: 'running' | 'waiting' | 'ended' | 'failed';
  node_id: string | null;
  reason: string | null;
  variables: Record<string, unknown>;
  resume_at: string | null;
  now: string;
}

export interface Stats {
  sessions: { started: number; waiting: number; ended: number; failed: number };
  nodes: Record<string, { visits: number; left: number }>;
  edges: { from: string; output: string; count: number }[];
  most: number;
}

export interface FlowSession {
  id: string;
  flow_id: string;
  flow_name: string;
  version: number;
  conversation_id: string;
  contact_name: string | null;
  state: string;
  node_id: string | null;
  reason: string | null;
  variables: Record<string, unknown>;
  started_at: string;
  ended_at: string | null;
  resume_at: string | null;
  is_trial: boolean;
}

export type RunStep = Step & { started_at: string; duration_us: number };

export type Trial = Schemas['FlowTrial'];
export type Figures = Schemas['FlowFigures'];
export type Sums = Schemas['FlowSums'];
