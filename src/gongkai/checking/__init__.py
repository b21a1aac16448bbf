"""A report → findings. One module a family of rules; ``check`` runs them all."""
