import type { InjectionRequest } from '../../domain/faults';
import type { FieldProblem } from '../../domain/fields';
import { checkInjectionRequest, type RequestContext } from '../../domain/injection-request';
import { parseJson } from '../../domain/json-guard';

/** A request that names 10,000 devices fits. */
const LIMITS = { maxChars: 1_000_000, maxDepth: 8 };

/** What the text in the JSON editor is. `input`: what was parsed; undefined where it is no JSON. */
export type ReadJson =
  | { readonly kind: 'right'; readonly request: InjectionRequest }
  | { readonly kind: 'wrong'; readonly input: unknown; readonly problems: readonly FieldProblem[] };

/** Reads the JSON editor's text against what the run has. A text that is no JSON is one problem without a path. */
export function readJsonRequest(text: string, context: RequestContext): ReadJson {
  const json = parseJson(text, LIMITS);
  if (!json.ok) {
    const message = json.error.code === 'empty' ? 'there is no text yet' : json.error.message;
    return { kind: 'wrong', input: undefined, problems: [{ path: '', message }] };
  }
  const checked = checkInjectionRequest(json.value, context);
  if (checked.ok) return { kind: 'right', request: checked.value };
  return { kind: 'wrong', input: json.value, problems: checked.error.problems };
}

/** A request as JSON for people. */
export function writeJsonRequest(request: unknown): string {
  return JSON.stringify(request, null, 2);
}
