import { type ReactFlowState, useStore } from '@xyflow/react';
import type { GraphNode } from '../graph/types';

/** From further away nobody reads what a step says: it is drawn as its name and its colour. */
const FAR = 0.45;
const isFar = (state: ReactFlowState): boolean => state.transform[2] < FAR;
// Where its wires leave is known once a step was drawn whole.
const measured = new WeakSet<GraphNode>();

export const useFar = (): boolean => useStore(isFar);
export const isMeasured = (node: GraphNode): boolean => measured.has(node);
export const markMeasured = (node: GraphNode): void => { measured.add(node); };
