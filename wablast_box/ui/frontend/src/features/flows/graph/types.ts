/** A flow as the box keeps it, and what the box says about its nodes. */
export type Data = Readonly<Record<string, unknown>>;

export interface GraphNode {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly name?: string;
  readonly data: Data;
  readonly disabled?: boolean;
}

/** One wire: an output leads to one node at most. */
export interface GraphEdge {
  readonly from: string;
  readonly output: string;
  readonly to: string;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Note extends Spot {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly color: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly string[];
  readonly collapsed: boolean;
  readonly color: string;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  layout: Record<string, Spot>;
  notes: Note[];
  groups: Group[];
  languages?: Languages;
  texts?: Texts;
}

/** What the nodes are written in, and what they are translated into. */
export interface Languages {
  readonly main: string;
  readonly others: readonly string[];
}

/** `of` marks the words that were translated; `unseen`: a machine wrote it and nobody has looked. */
export interface Translation {
  readonly text: string;
  readonly of: string;
  readonly unseen?: boolean;
}

/** By path. */
export type NodeTexts = Readonly<Record<string, Translation>>;

/** By language and node. */
export type Texts = Readonly<Record<string, Readonly<Record<string, NodeTexts>>>>;

/** JSON Schema of one field, with the hints that say how it is drawn. */
export interface FieldSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  pattern?: string;
  enum?: string[];
  items?: ObjectSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  'x-widget'?: string;
  'x-labels'?: string[];
  'x-lines'?: number;
  'x-fills'?: boolean;
  'x-secrets'?: boolean;
  'x-item'?: string;
  'x-kind'?: string;
  /** Only beside these values of other fields. */
  'x-when'?: Record<string, string[]>;
  'x-most'?: number;
  'x-spoken'?: boolean;
  'x-unsaid'?: string;
}

export interface ObjectSchema {
  properties: Record<string, FieldSchema>;
  required?: string[];
}

/** What the palette, the forms and the cards are drawn from. */
export interface Kind {
  type: string;
  version: number;
  title: string;
  help: string;
  category: string;
  icon: string;
  fields: ObjectSchema;
  outputs: string[];
  outputs_from: { field: string; label: string } | null;
  preview: Record<string, string>;
  is_slow: boolean;
}

export interface Trouble {
  node_id: string | null;
  field: string | null;
  code: string;
  message: string;
  severity: 'error' | 'warning';
  language?: string | null;
  /** Another flow that it is about. */
  flow_id?: string | null;
}

/** What a step is given in test runs: an answer from outside, a failure, other variables. */
export interface Pin {
  readonly answer?: unknown;
  readonly status?: number;
  readonly error?: string;
  readonly variables?: Data;
}
