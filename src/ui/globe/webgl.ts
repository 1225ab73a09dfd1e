let known: boolean | undefined;

/**
 * Whether this browser gives a WebGL 2 context, asked once. Asking beforehand spares a browser without one the whole globe chunk,
 * and the errors that three writes into the console.
 */
export function hasWebgl(): boolean {
  if (known !== undefined) return known;
  const context = document.createElement('canvas').getContext('webgl2');
  known = context !== null;
  // A browser keeps 16 contexts: give this one back.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return known;
}
