/** A style sheet, which the bundle holds as text. */
declare module "*.css" {
  const text: string;
  export default text;
}
