import { type ReactFlowState, useStore } from '@xyflow/react';
import type { GraphNode } from '../graph/types';

/** From further away nobody reads what a step says: it is drawn as its name and its colour. Of many steps sooner, so that they move smoothly. */
const FAR = 0.25;
const FAR_OF_MANY = 0.45;
const MANY = 40;
const isFar = ({ transform, nodeLookup }: ReactFlowState): boolean => transform[2] < (nodeLookup.size > MANY ? FAR_OF_MANY : FAR);
// Where its wires leave is known once a step was drawn whole.
const measured = new WeakSet<GraphNode>();

export const useFar = (): boolean => useStore(isFar);
export const isMeasured = (node: GraphNode): boolean => measured.has(node);
export const markMeasured = (node: GraphNode): void => { measured.add(node); };
