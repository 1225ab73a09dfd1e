import { checkFields, type Field, type FieldProblem, type FieldSpec, fieldsOfParams, MAX_PROBLEMS } from './fields';
import {
  describeTarget,
  MAX_AHEAD_S,
  type RefusedFields,
  type RequestContext,
  refuseFields,
  requestFields,
} from './injection-request';
import { parseJson } from './json-guard';
import type { ParamSpec } from './params';
import { SCENARIO_FORMAT, SCENARIO_VERSION, type Scenario } from './scenario';

/** What a scenario is checked against. Devices are those of its own seed and size, which are known only when it is opened. */
export interface ScenarioContext extends Omit<RequestContext, 'devices'> {
  /** The simulator's normal events. */
  readonly events: readonly { readonly id: string; readonly params: readonly ParamSpec[] }[];
}

/** A new fleet has so many seconds of history before live data begins. */
export const MIN_AT_S = -900;
const MAX_DURATION_S = 604_800;
const MAX_STEPS = 2000;
const MAX_FLEET = 10_000;
const JSON_LIMITS = { maxChars: 4_000_000, maxDepth: 12 };

const AT = need('at', 'At', 'Seconds after live data begins.', { type: 'number', min: MIN_AT_S, max: MAX_AHEAD_S });

/** One fault of a scenario as data. */
export function describeScenarioFault(context: ScenarioContext): FieldSpec {
  const group: Field = {
    ...need('group', 'Group', 'Faults with the same text are one group.', {
      type: 'text',
      min: 1,
      max: 80,
      like: 'printable',
    }),
    optional: true,
  };
  return { type: 'object', fields: [AT, group, ...requestFields({ ...context, devices: undefined })] };
}

/** A scenario as data. */
export function describeScenario(context: ScenarioContext): FieldSpec {
  const events = context.events.map(({ id }) => id);
  const eventParams = Object.fromEntries(context.events.map(({ id, params }) => [id, fieldsOfParams(params)]));
  return {
    type: 'object',
    fields: [
      need('format', 'Format', '', { type: 'choice', options: [SCENARIO_FORMAT] }),
      need('schemaVersion', 'Version', '', { type: 'number', min: SCENARIO_VERSION, max: SCENARIO_VERSION }),
      need('id', 'Id', 'Stands in links.', { type: 'text', min: 1, max: 60, like: 'id' }),
      need('name', 'Name', '', { type: 'text', min: 1, max: 80, like: 'printable' }),
      need('description', 'Description', 'What happens in it.', { type: 'text', min: 0, max: 1000 }),
      need('seed', 'Seed', 'The same seed gives the same bytes.', {
        type: 'number',
        min: 0,
        max: 4_294_967_295,
        whole: true,
      }),
      need('deviceCount', 'Devices', 'Size of the fleet.', { type: 'number', min: 1, max: MAX_FLEET, whole: true }),
      need('durationS', 'Duration', 'How many seconds are worth watching.', {
        type: 'number',
        min: 60,
        max: MAX_DURATION_S,
      }),
      need('healthy', 'Healthy', 'Whether nothing bad happens in it.', { type: 'flag' }),
      {
        ...need('startsAt', 'Starts at', 'UTC time of the first live sample.', {
          type: 'text',
          min: 1,
          max: 24,
          like: 'utc-time',
        }),
        optional: true,
      },
      need('ambientFaults', 'Own faults', "The fleet's own small faults beside the timeline.", { type: 'flag' }),
      need('faults', 'Faults', 'What is done to the fleet, and when.', {
        type: 'list',
        item: describeScenarioFault(context),
        min: 0,
        max: MAX_STEPS,
      }),
      need('events', 'Normal events', 'What happens in any fleet, and when.', {
        type: 'list',
        item: {
          type: 'object',
          fields: [
            AT,
            need('event', 'Event', '', { type: 'choice', options: events }),
            need(
              'target',
              'Target',
              'Which devices it concerns.',
              describeTarget({ ...context, devices: undefined }, false),
            ),
            { ...need('params', 'Parameters', '', { type: 'by', on: 'event', of: eventParams }), optional: true },
          ],
        },
        min: 0,
        max: MAX_STEPS,
      }),
    ],
  };
}

/**
 * Checks a scenario that may be anything. Error: `scenario` with every wrong field by path and value, at most MAX_PROBLEMS:
 * "faults[2].intensity must be in (0, 1], got 7".
 */
export function checkScenario(
  input: unknown,
  context: ScenarioContext,
): { readonly ok: true; readonly value: Scenario } | RefusedFields<'scenario'> {
  const problems = checkFields(describeScenario(context), input);
  if (problems.length === 0) {
    // The description is that of the type, and nothing else is in it.
    const scenario = input as Scenario;
    const contradictions = findContradictions(scenario);
    return contradictions.length === 0 ? { ok: true, value: scenario } : refuseFields('scenario', contradictions);
  }
  return refuseFields('scenario', problems);
}

/** Reads a scenario file. Errors: `scenario`: the text is no JSON (a single problem without a path), or see checkScenario. */
export function parseScenario(
  text: string,
  context: ScenarioContext,
): { readonly ok: true; readonly value: Scenario } | RefusedFields<'scenario'> {
  const json = parseJson(text, JSON_LIMITS);
  if (!json.ok) return refuseFields('scenario', [{ path: '', message: json.error.message }]);
  return checkScenario(json.value, context);
}

/** The file of a scenario: JSON for people, that `parseScenario` reads back. */
export function writeScenario(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

/** What is right field by field, and wrong together. */
function findContradictions({ healthy, faults, ambientFaults }: Scenario): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (healthy && (faults.length > 0 || ambientFaults)) {
    const why = faults.length > 0 ? `${faults.length} faults` : 'ambientFaults';
    problems.push({ path: 'healthy', message: `healthy must be false in a scenario with ${why}, got true` });
  }
  return problems.slice(0, MAX_PROBLEMS);
}

function need(key: string, label: string, help: string, spec: FieldSpec): Field {
  return { key, label, help, optional: false, spec };
}
