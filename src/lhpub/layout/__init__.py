"""What a publication looks like: declared by designers in layouts/NAME/layout.yaml."""
