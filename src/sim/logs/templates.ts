import type { Random } from '../../domain/random';
import { LOG_LEVELS, type LogLevel } from '../../domain/telemetry';
import { type LineContext, PARAMETERS, type ParameterName } from './parameters';

/** One kind of line as data. text: words with `{parameter}` places; weight: how often, relative to the others of its role. */
export interface LineTemplate {
  readonly level: LogLevel;
  readonly weight: number;
  readonly text: string;
  /**
   * Lines that follow it on the same device: of the same level unless told otherwise. They share its `{req}`.
   * `flow`: what one request leaves behind, a few milliseconds apart; `block`: one message of several lines, all of the same time.
   */
  readonly follow?: readonly (string | { readonly level: LogLevel; readonly text: string })[];
  readonly as?: 'flow' | 'block';
}

/** A template made ready to be written: literals and parameters in turn; `level` as index into LOG_LEVELS. */
export interface CompiledLine {
  readonly level: number;
  readonly literals: readonly string[];
  readonly parameters: readonly ParameterName[];
}

/** Lines that are written together: one, or a flow, or a block. */
export interface CompiledScript {
  readonly lines: readonly CompiledLine[];
  /** Whether its lines are of one time. */
  readonly isBlock: boolean;
}

/** Splits a template's text. Throws on an unknown parameter name, since the grammar is part of the program. */
export function compileLine(template: Pick<LineTemplate, 'level' | 'text'>): CompiledLine {
  const parts = template.text.split(/\{(\w+)\}/);
  const literals = parts.filter((_, i) => i % 2 === 0);
  const parameters = parts.filter((_, i) => i % 2 === 1).map(toParameter);
  return { level: LOG_LEVELS.indexOf(template.level), literals, parameters };
}

/** A template with what follows it. */
export function compileScript(template: Omit<LineTemplate, 'weight'>): CompiledScript {
  const rest = (template.follow ?? []).map((line) =>
    typeof line === 'string' ? { level: template.level, text: line } : line,
  );
  return { lines: [template, ...rest].map(compileLine), isBlock: template.as === 'block' };
}

/** The message of a line, its parameters drawn from the context. */
export function renderLine(line: CompiledLine, context: LineContext): string {
  let text = line.literals[0];
  for (let i = 0; i < line.parameters.length; i++) {
    text += PARAMETERS[line.parameters[i]](context) + line.literals[i + 1];
  }
  return text;
}

/** Scripts to pick from by weight. */
export interface LineChoice {
  readonly scripts: readonly CompiledScript[];
  /** Running sums of the weights, divided by their total; the last one is 1. */
  readonly cumulative: Float64Array;
  /** Mean number of lines of what is picked. */
  readonly meanLines: number;
}

/** Makes templates ready to be picked. templates: at least one, weights above 0. */
export function compileChoice(templates: readonly LineTemplate[]): LineChoice {
  const total = templates.reduce((sum, template) => sum + template.weight, 0);
  let running = 0;
  const cumulative = Float64Array.from(templates, (template) => {
    running += template.weight;
    return running / total;
  });
  cumulative[cumulative.length - 1] = 1;
  const scripts = templates.map(compileScript);
  const meanLines = templates.reduce((sum, { weight }, i) => sum + weight * scripts[i].lines.length, 0) / total;
  return { scripts, cumulative, meanLines };
}

/** One script, by weight. */
export function pickScript(choice: LineChoice, random: Random): CompiledScript {
  const u = random.next();
  let i = 0;
  while (u >= choice.cumulative[i]) i++;
  return choice.scripts[i];
}

/** Number of events in a unit of time. rate: mean, >= 0, meant for a few; at most 30 come out. Knuth, TAOCP 3.4.1 F. */
export function drawCount(rate: number, random: Random): number {
  if (!(rate > 0)) return 0;
  const limit = Math.exp(-rate);
  let product = random.next();
  let count = 0;
  while (product > limit && count < 30) {
    product *= random.next();
    count++;
  }
  return count;
}

function toParameter(name: string): ParameterName {
  if (!Object.hasOwn(PARAMETERS, name)) throw new Error(`unknown log parameter {${name}}`);
  return name as ParameterName;
}
