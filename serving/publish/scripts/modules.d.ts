/* Sheets and markup that the bundle holds as text. */
declare module "*.html" {
  const text: string;
  export default text;
}
