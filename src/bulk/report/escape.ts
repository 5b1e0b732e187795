/** Escapes for HTML, in text and in quoted attributes; control and direction characters are shown by their code point. */
export function escapeHtml(text: string): string {
  return showHidden(text).replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Characters that would change how the text around them is shown become `<U+202E>`. */
export function showHidden(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (one) => {
    const code = one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${code}>`;
  });
}

/** JSON that is safe inside a script element, whatever the values contain. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
