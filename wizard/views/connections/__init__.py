"""What can be done to a connection, and its page. The form is in `wizard.views.setups.connection`."""
