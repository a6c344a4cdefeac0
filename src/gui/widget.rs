//! Our own controls: everything a mouse can do, the keyboard can do, and whatever has the keyboard shows a ring.
