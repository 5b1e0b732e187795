/** Replaces secrets in a text, also where they are encoded for a URL or a header, and credentials in any URL. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length > 3)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
  const clean = forms.reduce((done, form) => done.replaceAll(form, '***'), text);
  return clean.replace(/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, '$1***@');
}
