import styles from './logs.module.css';
import { splitTemplate } from './template-relations';

/** A template's text with its parameters set off from the constant words. */
export function TemplateText({ text }: { readonly text: string }) {
  return (
    <span className={styles.templateText}>
      {splitTemplate(text).map((part, i) =>
        part.isParameter ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are positions in one text
          <span key={i} className={styles.parameter}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
