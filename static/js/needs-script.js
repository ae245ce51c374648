// Shows what needs script: see .needs-script in app.css.
document.documentElement.classList.add("js");
