// An open menu closes by Escape and by a press beside it; without this it closes by its own name, or when another opens.
(() => {
  const menus = document.querySelector(".reg-menus");
  if (!menus) return;
  const open = () => menus.querySelector("details[open]");
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && open();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    const menu = open();
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  menus.addEventListener("focusout", (event) => {
    const menu = open();
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
})();
