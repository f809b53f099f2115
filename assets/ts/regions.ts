// The shapes of maps. Those of the states are part of the program; others are
// handed over, once, by a program that needs them.
import states from 'maps:us-states';

interface Feature {
  properties: { name: string };
}

export interface Shapes {
  type: 'FeatureCollection';
  features: Feature[];
}

const known: Record<string, Shapes> = { 'us-states': states as Shapes };

/**
 * The shapes of a map. Of counties, which are many, a map has those that its data
 * have, on the states.
 */
export function region(name: string, data: { name?: string }[], given?: Shapes) {
  if (given) known[name] = given;
  const shapes = known[name];
  if (!shapes) throw new Error('no shapes of ' + name);
  return shapes as never;
}
