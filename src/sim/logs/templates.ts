import type { Random } from '../../domain/random';
import { LOG_LEVELS, type LogLevel } from '../../domain/telemetry';
import { type LineContext, PARAMETERS, type ParameterName } from './parameters';

/** One kind of line as data. text: words with `{parameter}` places; weight: how often, relative to the others of its role. */
export interface LineTemplate {
  readonly level: LogLevel;
  readonly weight: number;
  readonly text: string;
}

/** A template made ready to be written: literals and parameters in turn; `level` as index into LOG_LEVELS. */
export interface CompiledLine {
  readonly level: number;
  readonly literals: readonly string[];
  readonly parameters: readonly ParameterName[];
}

/** Splits a template's text. Throws on an unknown parameter name, since the grammar is part of the program. */
export function compileLine(template: Pick<LineTemplate, 'level' | 'text'>): CompiledLine {
  const parts = template.text.split(/\{(\w+)\}/);
  const literals = parts.filter((_, i) => i % 2 === 0);
  const parameters = parts.filter((_, i) => i % 2 === 1).map(toParameter);
  return { level: LOG_LEVELS.indexOf(template.level), literals, parameters };
}

/** The message of a line, its parameters drawn from the context. */
export function renderLine(line: CompiledLine, context: LineContext): string {
  let text = line.literals[0];
  for (let i = 0; i < line.parameters.length; i++) {
    text += PARAMETERS[line.parameters[i]](context) + line.literals[i + 1];
  }
  return text;
}

/** Lines to pick from by weight. */
export interface LineChoice {
  readonly lines: readonly CompiledLine[];
  /** Running sums of the weights, divided by their total; the last one is 1. */
  readonly cumulative: Float64Array;
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
  return { lines: templates.map(compileLine), cumulative };
}

/** One line kind, by weight. */
export function pickLine(choice: LineChoice, random: Random): CompiledLine {
  const u = random.next();
  let i = 0;
  while (u >= choice.cumulative[i]) i++;
  return choice.lines[i];
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
