import { useEffect, useState } from 'react';
import { useApp } from '../hooks';
import { takeFile } from '../take-file';

/** Takes a file that is dropped on or pasted into the window and shows it on the page of its kind. Gives whether a file hovers now. */
export function useDrop(): boolean {
  const { commands } = useApp();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    // Moving over a child element fires leave and enter in turn: only the balance tells.
    let depth = 0;
    const take = (file: File | undefined): void => {
      if (file !== undefined) void takeFile(commands, file);
    };
    const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onEnter = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      depth++;
      setHovering(true);
    };
    const onOver = (event: DragEvent): void => {
      if (hasFile(event)) event.preventDefault();
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    };
    const onDrop = (event: DragEvent): void => {
      depth = 0;
      setHovering(false);
      // A drop zone inside the page that took the file has said so.
      if (!hasFile(event) || event.defaultPrevented) return;
      event.preventDefault();
      take(event.dataTransfer?.files[0]);
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || (event.target instanceof Element && event.target.closest('input, textarea')))
        return;
      const file = event.clipboardData?.files[0];
      take(file ?? fileOfText(event.clipboardData?.getData('text/plain') ?? ''));
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [commands]);
  return hovering;
}

/** Pasted text of at least two lines as a file: a table where the first line has separators, a log otherwise. */
export function fileOfText(text: string): File | undefined {
  const [first, second] = text.split('\n', 2);
  if (second === undefined) return undefined;
  const name = /[,;\t]/.test(first) ? 'pasted.csv' : 'pasted.log';
  return new File([text], name, { type: 'text/plain' });
}
