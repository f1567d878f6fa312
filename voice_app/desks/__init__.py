"""The Studio's desks: each is one noun's use cases. They know the stages' protocols and the ground they stand on."""
