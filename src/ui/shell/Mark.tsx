import styles from './shell.module.css';

/** The product's mark: a calm line and one departure from it. */
export function Mark({ className = styles.mark }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden="true" focusable="false">
      <rect x="0.75" y="0.75" width="22.5" height="22.5" rx="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M3.5 14.5h4l1.6-2.4 1.8 2.4h1.6l2-9 2.2 12.5 1.2-3.5h2.6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
