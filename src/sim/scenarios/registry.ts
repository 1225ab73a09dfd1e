import type { Scenario } from '../../domain/scenario';

/** Every scenario that comes with the app. */
export const SCENARIOS: readonly Scenario[] = [];
