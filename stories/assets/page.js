/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town (`data-town`) chooses it without loading the page anew.
 * - The document says which language it is in.
 * - A change of the story is announced to screen readers.
 * - The link button copies the full address of what is shown.
 *
 * Mounted once; called again with new `data` on every run.
 */

const mounted = new WeakMap(); // parentElement -> what this instance keeps

export default function ({ data, parentElement, setTriggerValue }) {
  const page = mounted.get(parentElement) || mount(parentElement);
  page.choose = (town) => setTriggerValue("town", town);
  page.data = data;
  document.documentElement.lang = data.lang;
  page.button.textContent = data.text.copy_link;
  document.title = data.title;
  announce(page, data.title);
  return () => {
    document.removeEventListener("click", page.onClick);
    mounted.delete(parentElement);
  };
}

function mount(parent) {
  const page = {
    button: parent.querySelector("button"),
    outcome: parent.querySelector("output"),
    live: parent.querySelector("[aria-live]"),
    said: null,
  };
  page.onClick = (event) => followLink(page, event);
  document.addEventListener("click", page.onClick);
  page.button.addEventListener("click", () => copyLink(page));
  mounted.set(parent, page);
  return page;
}

function followLink(page, event) {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest?.("a[data-town]");
  if (!plain || !link) return;
  event.preventDefault();
  page.choose(link.dataset.town);
}

function address(query) {
  return `${location.origin}${location.pathname}?${query}`;
}

async function copyLink(page) {
  const link = address(page.data.query);
  const copied = await toClipboard(link);
  page.outcome.textContent = copied ? page.data.text.copied : link;
  page.outcome.dataset.link = link;
}

/* The clipboard needs a secure page; the older way works on plain http too. */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

function announce(page, text) {
  if (page.said !== null && page.said !== text) page.live.textContent = text;
  if (page.said !== text) page.outcome.textContent = "";
  page.said = text;
}
