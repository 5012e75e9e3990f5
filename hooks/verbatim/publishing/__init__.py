"""Publishing: which sites there are, under which policy, and how a new one takes the old one's place."""
