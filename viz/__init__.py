"""What people look at: pages, network pictures, maps, charts."""
