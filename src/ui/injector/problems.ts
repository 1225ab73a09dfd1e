import type { FieldProblem } from '../../domain/fields';
import { MAX_DURATION_MS, MIN_DURATION_MS } from '../../domain/injection-request';
import type { Failure } from '../../domain/result';
import type { Draft } from './draft';

/** What is wrong with one field of the form, in the field's own words and units; undefined when nothing is. */
export function problemAt(
  problems: readonly FieldProblem[],
  path: string,
  label: string,
  draft: Draft,
): string | undefined {
  const found = problems.find((problem) => isWithin(problem.path, path));
  if (found === undefined) return undefined;
  // These two are typed in other units than the request has.
  if (path === 'durationMs') {
    return `${label} must be in [${MIN_DURATION_MS / 1000}, ${MAX_DURATION_MS / 1000}] s, got ${tell(draft.durationS)}`;
  }
  if (path === 'target.share') return `${label} must be in (0, 100] %, got ${tell(draft.sharePct)}`;
  if (path === 'target.deviceIds' && draft.deviceIds.length === 0) return 'choose at least one device';
  if (path === 'target.name' && draft.newName.trim() === '') return 'give the new device a name';
  return `${label}${found.message.slice(found.path.length)}`;
}

/** Whether anything at or below one of the paths is wrong. */
export function hasProblemIn(problems: readonly FieldProblem[], paths: readonly string[]): boolean {
  return problems.some((problem) => paths.some((path) => isWithin(problem.path, path)));
}

/** The wrong fields that a refusal names; one without a path when it names none. */
export function problemsOf(error: Failure): readonly FieldProblem[] {
  const named = 'problems' in error && Array.isArray(error.problems) ? error.problems.filter(isProblem) : [];
  return named.length > 0 ? named : [{ path: '', message: error.message }];
}

function isProblem(value: unknown): value is FieldProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

function isWithin(path: string, of: string): boolean {
  return path === of || path.startsWith(`${of}.`) || path.startsWith(`${of}[`);
}

function tell(text: string): string {
  return text.trim() === '' ? 'nothing' : text;
}
