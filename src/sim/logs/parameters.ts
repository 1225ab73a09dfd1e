import type { Random } from '../../domain/random';

/** What a log line's parameters are drawn from. */
export interface LineContext {
  readonly random: Random;
  /** Name of the device that writes the line. */
  readonly host: string;
  /** City of the device; for the lines of a fault, the city where it comes from. */
  readonly city: string;
  /** Provider-neutral name of the device's region; unknown where it is left out. */
  readonly region?: string;
  /** Name of the request that the line belongs to; a new one for each line where it is left out. */
  readonly req?: string;
  /** How much longer than usual everything takes under the present load; 1 where it is left out. */
  readonly slowness?: number;
}

const USERS = ['deploy', 'backup', 'svc-metrics', 'alice', 'bruno', 'chen', 'dina', 'ops'];
const ROUTES = ['/', '/login', '/cart', '/search', '/products', '/checkout', '/static/app.js', '/static/main.css'];
const API_ROUTES = ['/v1/orders', '/v1/users', '/v1/items', '/v1/payments', '/v2/search', '/v1/sessions'];
const TABLES = ['orders', 'users', 'items', 'payments', 'sessions', 'audit'];
const TOPICS = ['orders.created', 'mail.outbound', 'thumbnails', 'invoices', 'events'];
const JOBS = ['nightly-report', 'rebuild-index', 'export-invoices', 'resize-images', 'sync-catalog'];
const UNITS = ['logrotate', 'apt-daily', 'fstrim', 'certbot', 'man-db', 'sysstat-collect'];
const AGENTS = ['Mozilla/5.0', 'curl/7.88.1', 'okhttp/4.12.0', 'Safari/605.1.15'];
const SERVICES = ['cart', 'catalog', 'checkout', 'identity', 'inventory', 'mailer', 'pricing', 'search'];
const GIVEN_NAMES = [
  'anna',
  'boris',
  'carla',
  'dmitri',
  'elif',
  'farid',
  'grace',
  'hiro',
  'ines',
  'jonas',
  'kofi',
  'lena',
];
const FAMILY_NAMES = ['smith', 'mueller', 'garcia', 'tanaka', 'okafor', 'rossi', 'novak', 'haddad', 'kim', 'larsen'];
const DOCUMENTS = ['contract', 'invoice', 'payroll', 'minutes', 'budget', 'offer', 'scan', 'photo', 'design', 'ledger'];
const ENDINGS = ['pdf', 'docx', 'xlsx', 'jpg', 'dwg', 'csv'];
const HEX = '0123456789abcdef';

/**
 * Every placeholder of the grammar. Addresses come from the blocks that RFC 5737, RFC 2544 and RFC 1918 set aside for
 * documentation, benchmarks and private networks, so that no line names a real host.
 */
export const PARAMETERS = {
  client: ({ random }: LineContext) => `198.18.${random.int(256)}.${1 + random.int(254)}`,
  attacker: ({ random }: LineContext) => `${random.int(2) === 0 ? '203.0.113' : '198.51.100'}.${1 + random.int(254)}`,
  peer: ({ random }: LineContext) => `10.${random.int(4)}.${random.int(16)}.${1 + random.int(254)}`,
  port: ({ random }: LineContext) => String(1024 + random.int(64512)),
  user: ({ random }: LineContext) => random.pick(USERS),
  route: ({ random }: LineContext) => random.pick(ROUTES),
  apiRoute: ({ random }: LineContext) => random.pick(API_ROUTES),
  agent: ({ random }: LineContext) => random.pick(AGENTS),
  table: ({ random }: LineContext) => random.pick(TABLES),
  topic: ({ random }: LineContext) => random.pick(TOPICS),
  job: ({ random }: LineContext) => random.pick(JOBS),
  unit: ({ random }: LineContext) => random.pick(UNITS),
  okStatus: ({ random }: LineContext) => (random.int(8) === 0 ? '304' : '200'),
  /** Latency in ms: log-normal around 20 at the usual load. */
  ms: ({ random, slowness }: LineContext) =>
    String(Math.max(1, Math.round(20 * (slowness ?? 1) * Math.exp(0.6 * random.normal())))),
  slowMs: ({ random, slowness }: LineContext) => String(Math.round((1000 + random.int(2500)) * (slowness ?? 1))),
  seconds: ({ random }: LineContext) => (1 + 40 * random.next()).toFixed(1),
  bytes: ({ random }: LineContext) => String(200 + random.int(48_000)),
  megabytes: ({ random }: LineContext) => String(16 + random.int(480)),
  small: ({ random }: LineContext) => String(1 + random.int(12)),
  count: ({ random }: LineContext) => String(20 + random.int(4000)),
  percent: ({ random }: LineContext) => String(1 + random.int(60)),
  /** A share that is nearly all, in percent. */
  high: ({ random }: LineContext) => String(82 + random.int(17)),
  /** A name from a stolen list: hardly ever the same twice. */
  account: ({ random }: LineContext) =>
    `${random.pick(GIVEN_NAMES)}.${random.pick(FAMILY_NAMES)}${random.int(3) === 0 ? random.int(100) : ''}`,
  document: ({ random }: LineContext) =>
    `${random.pick(DOCUMENTS)}-20${10 + random.int(17)}-${random.int(1000)}.${random.pick(ENDINGS)}`,
  pid: ({ random }: LineContext) => String(300 + random.int(31_000)),
  id: ({ random }: LineContext) => hex(random, 8),
  trace: ({ random }: LineContext) => hex(random, 16),
  uuid: ({ random }: LineContext) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  sector: ({ random }: LineContext) => String(1_000_000 + random.int(900_000_000)),
  inode: ({ random }: LineContext) => String(100_000 + random.int(8_000_000)),
  day: ({ random }: LineContext) => String(3 + random.int(80)),
  req: ({ random, req }: LineContext) => req ?? `req-${hex(random, 12)}`,
  region: ({ region }: LineContext) => region ?? 'unknown',
  release: ({ random }: LineContext) => `4.${20 + random.int(40)}.${random.int(12)}`,
  service: ({ random }: LineContext) => random.pick(SERVICES),
  shard: ({ random }: LineContext) => `shard-${String(random.int(16)).padStart(2, '0')}`,
  host: ({ host }: LineContext) => host,
  city: ({ city }: LineContext) => city,
} as const;

export type ParameterName = keyof typeof PARAMETERS;

/** Pairs of digits: one draw for two. */
const HEX_PAIRS = Array.from({ length: 256 }, (_, i) => HEX[i >> 4] + HEX[i & 15]);

/** So many hexadecimal digits. */
export function hex(random: Random, digits: number): string {
  let text = '';
  for (let i = 1; i < digits; i += 2) text += HEX_PAIRS[random.int(256)];
  return digits % 2 === 0 ? text : text + HEX[random.int(16)];
}
