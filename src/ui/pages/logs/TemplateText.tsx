import styles from './logs.module.css';
import { hasWords, splitTemplate } from './template-relations';

interface TemplateTextProps {
  readonly text: string;
  /** One of its lines: shown instead where the template is parameters and nothing else, which tells nothing. */
  readonly example?: string;
}

/** A template's text with its parameters set off from the constant words. */
export function TemplateText({ text, example = '' }: TemplateTextProps) {
  if (example !== '' && !hasWords(text)) {
    return (
      <span className={styles.templateText}>
        <span className={styles.like}>lines like</span> {example}
      </span>
    );
  }
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
