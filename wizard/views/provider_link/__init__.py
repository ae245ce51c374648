"""The provider's link: its preview, the page that makes one, and the keys that show who signed it."""
