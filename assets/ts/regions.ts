// The shapes of maps. Those of the states are part of the program. Counties, of
// which there are many, come with the option that needs them, and lie on the states.
import states from 'maps:us-states';

/** The shapes of a map, and those that a chart brings. */
export function region(more?: object[]) {
  return (more ? { ...states, features: [...states.features, ...more] } : states) as never;
}
