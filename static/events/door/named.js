// What this door is called goes along with what is entered by hand.
for (const field of document.querySelectorAll("[data-part=device]")) field.value = localStorage.getItem("door:name") ?? "";
