"""What is read without the agent ErpSync: MDO lists, archives, users by id, the caller, licences."""
