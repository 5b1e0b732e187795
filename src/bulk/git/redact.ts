/** Replaces secrets in a text, also where they are encoded for a URL or, with a name before them, for a header, and credentials in any URL. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length <= 3) continue;
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      clean = clean.replaceAll(form, '***');
    for (const form of base64Forms(secret)) clean = replaceRuns(clean, form);
  }
  return clean.replace(/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1***@');
}

/** What base64 makes of a secret, wherever in a text it starts: by the three ways in which it can lie in groups of three bytes. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((start) => {
    const first = (3 - start) % 3;
    const whole = bytes.subarray(first, first + Math.floor((bytes.length - first) / 3) * 3);
    return whole.length < 6 ? [] : [whole.toString('base64'), whole.toString('base64url')];
  });
}

/** With the letters around it, which hold the rest of it. */
function replaceRuns(text: string, form: string): string {
  if (!text.includes(form)) return text;
  const escaped = form.replace(/[+]/g, '\\$&');
  return text.replace(new RegExp(`[\\w+/-]*${escaped}[\\w+/-]*=*`, 'g'), '***');
}
