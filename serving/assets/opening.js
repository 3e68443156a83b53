/* Tells Streamlit's script what it would ask the server for, or wait for, before it opens its
 * line: where it is, whom it may listen to, and what the page looks like. It stands in the head,
 * so the security policy names it by its hash.
 */
{
  const { host, light, dark } = JSON.parse(document.getElementById("opening").textContent);
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin + location.pathname,
    HOST_CONFIG: host,
    LIGHT_THEME: light,
    DARK_THEME: dark,
  };
}
