/** Flows as the box speaks of them. A graph is free JSON there; here it has its form. */
import type { components } from '@/api/schema';
import type { Graph, Trouble } from './graph/types';

type Schemas = components['schemas'];

export type FlowLine = Schemas['FlowLine'];
export type FlowRound = Schemas['FlowRound'];
export type Published = Schemas['FlowVersionInfo'];
export type Flow = Omit<Schemas['Flow'], 'graph'> & { graph: Graph };
export type Draft = Omit<Schemas['SavedDraft'], 'problems'> & { problems: Trouble[] };
export type Starter = Omit<Schemas['FlowStarter'], 'graph'> & { graph: Graph };
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

export type Stats = Omit<Schemas['FlowStats'], 'edges'> & { edges: { from: string; output: string; count: number }[] };
export type FlowSession = Schemas['FlowSession'];
export type RunStep = Step & { started_at: string; duration_us: number };

export type Trial = Schemas['FlowTrial'];
export type Figures = Schemas['FlowFigures'];
export type Sums = Schemas['FlowSums'];
