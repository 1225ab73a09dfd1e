import type { ScenarioContext } from '../../domain/scenario-check';
import { NORMAL_EVENT_SPECS } from '../events/registry';
import { FAULT_SPECS } from '../faults/registry';
import { REGIONS } from '../regions';
import { ROLES } from '../roles';

/** What a scenario of this simulator may speak of. */
export const SCENARIO_CONTEXT: ScenarioContext = {
  faults: FAULT_SPECS,
  regions: REGIONS,
  roles: ROLES,
  events: NORMAL_EVENT_SPECS,
};
