"""What can be done to a connection in the list, and its sheet. The form is in `wizard.views.setups.connection`."""
