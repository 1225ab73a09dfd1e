import { ROLES, type Role } from '../roles';
import { API_LINES } from './lines/api';
import { BATCH_LINES } from './lines/batch';
import { CACHE_LINES } from './lines/cache';
import { COMMON_LINES } from './lines/common';
import { DATABASE_LINES } from './lines/database';
import { EDGE_LINES } from './lines/edge';
import { OVERLOAD_LINES } from './lines/overload';
import { QUEUE_LINES } from './lines/queue';
import { RARE_LINES } from './lines/rare';
import { WEB_LINES } from './lines/web';
import { compileChoice, type LineChoice, type LineTemplate } from './templates';

/**
 * What the servers of each role write. Rare lines of roles with few devices weigh more, so that twelve minutes of a fleet of the default
 * size show every kind: a line that never came before is news to a detector, even when it is harmless. RARE_LINES are the exception.
 */
export const ROLE_LINES: Readonly<Record<Role, readonly LineTemplate[]>> = {
  web: WEB_LINES,
  api: API_LINES,
  database: DATABASE_LINES,
  cache: CACHE_LINES,
  queue: QUEUE_LINES,
  batch: BATCH_LINES,
  edge: EDGE_LINES,
};

/** The lines of each role together with the common ones, ready to be picked; index = that of ROLES. */
export const GRAMMAR: readonly LineChoice[] = ROLES.map((role) =>
  compileChoice([...ROLE_LINES[role], ...COMMON_LINES]),
);

export const RARE: LineChoice = compileChoice(RARE_LINES);
export const OVERLOAD: LineChoice = compileChoice(OVERLOAD_LINES);
